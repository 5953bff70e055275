package io.scrutin.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts lambdas and method references by the interface that they implement. */
final class Lambdas {
  private Lambdas() {}

  /**
   * @return by binary name; an interface without any is absent
   */
  static Map<String, Integer> byInterface(List<Path> classFolders) {
    Map<String, Integer> count = new TreeMap<>();
    for (Path folder : classFolders) {
      for (Path file : House.filesUnder(folder, ".class")) {
        for (MethodModel method : parse(file).methods()) {
          method.code().ifPresent(code -> code.forEach(element -> add(element, count)));
        }
      }
    }
    return count;
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(CodeElement element, Map<String, Integer> count) {
    if (element instanceof InvokeDynamicInstruction lambda) {
      ClassDesc made = lambda.typeSymbol().returnType();
      if (made.isClassOrInterface()) {
        String name = made.packageName() + "." + made.displayName();
        count.merge(name, 1, Integer::sum);
      }
    }
  }
}

package io.scrutin.chaos;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Loaded into a process that runs: from then on its clock is wrong by as much as it is told.
 * Nothing in the product knows of it. It changes what {@code Instant.now} and every {@code Clock}
 * of the JDK's say; {@code System.currentTimeMillis} goes on being right.
 */
public final class ClockAgent {
  private static final String STEP = "scrutin.chaos.clock-step-millis";
  private static final ClassDesc LONG = ConstantDescs.CD_Long;
  private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");

  private static boolean loaded;

  private ClockAgent() {}

  /**
   * Called by the JVM; the name is its own.
   *
   * @param millis by how much
   */
  public static synchronized void agentmain(String millis, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    System.setProperty(STEP, millis);
    if (!loaded) {
      loaded = true;
      instrumentation.addTransformer(new Stepping(), true);
      instrumentation.retransformClasses(Clock.class);
    }
  }

  private static final class Stepping implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> type,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      return name.equals("java/time/Clock") ? stepped(classFile) : null;
    }
  }

  static byte[] stepped(byte[] clock) {
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(clock),
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString("currentInstant"), ClockAgent::step));
  }

  /** Before it is returned, the instant is moved. */
  private static void step(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      code.ldc(STEP)
          .lconst_0()
          .invokestatic(
              LONG,
              "getLong",
              MethodTypeDesc.of(LONG, ConstantDescs.CD_String, ConstantDescs.CD_long))
          .invokevirtual(LONG, "longValue", MethodTypeDesc.of(ConstantDescs.CD_long))
          .invokevirtual(INSTANT, "plusMillis", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long));
    }
    code.with(element);
  }
}

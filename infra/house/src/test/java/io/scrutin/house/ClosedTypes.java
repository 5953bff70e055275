package io.scrutin.house;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The enums and sealed types of some sources, and the switches over them. Found by name, without
 * the compiler's knowledge of types: a name that is both ours and another's would be taken for
 * ours.
 */
final class ClosedTypes {
  private final List<JavaSource> sources;
  private final List<Set<String>> enums = new ArrayList<>();
  private final Set<String> branches = new HashSet<>();

  private ClosedTypes(List<JavaSource> sources) {
    this.sources = sources;
  }

  static ClosedTypes of(List<JavaSource> sources) {
    ClosedTypes types = new ClosedTypes(sources);
    sources.forEach(source -> types.new Declarations().scan(source.unit(), null));
    return types;
  }

  /** Where a switch over one of them has a default. */
  List<String> defaults() {
    List<String> found = new ArrayList<>();
    sources.forEach(source -> new Switches(source, found).scan(source.unit(), null));
    return found;
  }

  private final class Declarations extends TreeScanner<@Nullable Void, @Nullable Void> {
    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
      if (type.getKind() == Tree.Kind.ENUM) {
        Set<String> constants = new HashSet<>();
        for (Tree member : type.getMembers()) {
          // Among them are the fields of the enum, which no case label can name.
          if (member instanceof VariableTree constant) {
            constants.add(constant.getName().toString());
          }
        }
        enums.add(constants);
      } else if (!type.getImplementsClause().isEmpty()) {
        branches.add(type.getSimpleName().toString());
      }
      return super.visitClass(type, none);
    }
  }

  private final class Switches extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final List<String> found;

    Switches(JavaSource source, List<String> found) {
      this.source = source;
      this.found = found;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void none) {
      check(tree.getCases());
      return super.visitSwitch(tree, none);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void none) {
      check(tree.getCases());
      return super.visitSwitchExpression(tree, none);
    }

    private void check(List<? extends CaseTree> cases) {
      Set<String> constants = new HashSet<>();
      boolean ours = false;
      for (CaseTree branch : cases) {
        for (CaseLabelTree label : branch.getLabels()) {
          if (label instanceof ConstantCaseLabelTree constant
              && constant.getConstantExpression() instanceof IdentifierTree name) {
            constants.add(name.getName().toString());
          }
          ours |= label instanceof PatternCaseLabelTree pattern && isBranch(pattern.getPattern());
        }
      }
      ours |= !constants.isEmpty() && enums.stream().anyMatch(all -> all.containsAll(constants));
      if (ours) {
        cases.stream()
            .filter(c -> c.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance))
            .forEach(branch -> found.add(source.at(branch)));
      }
    }

    private boolean isBranch(PatternTree pattern) {
      Tree type =
          switch (pattern) {
            case BindingPatternTree binding -> binding.getVariable().getType();
            case DeconstructionPatternTree record -> record.getDeconstructor();
            default -> pattern;
          };
      String name = String.valueOf(type);
      return branches.contains(name.substring(name.lastIndexOf('.') + 1));
    }
  }
}

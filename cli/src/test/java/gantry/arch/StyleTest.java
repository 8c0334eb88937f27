package gantry.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How all code reads: names that say something, small files, packages in one direction. */
class StyleTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final int MAX_LINES = 400;

  @ParameterizedTest
  @ValueSource(strings = {"Impl", "Manager", "Helper", "Helpers", "Util", "Utils"})
  void noNameSaysNothing(String ending) {
    noClasses()
        .that()
        .doNotHaveSimpleName("CredentialHelper") // Docker's own word for it
        .should()
        .haveSimpleNameEndingWith(ending)
        .check(Code.ALL);
  }

  @Test
  void noPackagesUseEachOther() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(Code.ALL);
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    List<String> silent =
        Code.ALL.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(found -> found.getName())
            .toList();
    assertThat(silent).as("packages without @NullMarked in package-info.java").isEmpty();
  }

  @Test
  void noFileIsLong() throws IOException {
    Map<String, Integer> lengths = new TreeMap<>();
    try (Stream<Path> files = Files.walk(CHECKOUT)) {
      for (Path file : files.filter(StyleTest::isSource).toList()) {
        lengths.put(CHECKOUT.relativize(file).toString(), Files.readAllLines(file).size());
      }
    }
    assertThat(lengths).hasSizeGreaterThan(100).allSatisfy((file, lines) -> within(lines));
  }

  private static void within(int lines) {
    assertThat(lines).isLessThanOrEqualTo(MAX_LINES);
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java")
        && !CHECKOUT.relativize(file).toString().contains("target/");
  }

  /** Each package is one slice, the root of a module too. */
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass found) {
      return SliceIdentifier.of(found.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}

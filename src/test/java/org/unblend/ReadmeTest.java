package org.unblend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Result;

/** The README's Java examples and links; its commands are run by {@code cli.ReadmeCommandsTest}. */
class ReadmeTest {

    @Test
    void theExamplesAreThoseThatCompile() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<String> source = Files.readAllLines(Path.of("src/test/java/org/unblend/ReadmeExamples.java"));
        for (String name : List.of("cube", "graph")) {
            int start = source.indexOf("        // README " + name);
            int end = start + source.subList(start, source.size()).indexOf("        // end");
            StringBuilder code = new StringBuilder("```java\n");
            source.subList(start + 1, end)
                    .forEach(l -> code.append(l.substring(8)).append('\n'));
            assertTrue(readme.contains(code + "```"), "the README's example '" + name + "' is not\n" + code);
        }
    }

    @Test
    void theCubeExampleFindsItsEvidence() {
        Result result = ReadmeExamples.cube();
        // ln of the integral of exp(-50 r^2) is ln(pi / 50): the walls are five standard deviations away.
        double truth = Math.log(Math.PI / 50);
        double error = result.evidence().orElseThrow().error();
        // Fixed seed; a right sampler is off by more than 4 errors once in 16,000 seeds.
        assertEquals(truth, result.evidence().orElseThrow().logZ(), 4 * error);
        assertTrue(error < 0.2);
    }

    @Test
    void theGraphExampleCompilesToDensities() {
        CompiledModel model = ReadmeExamples.graph(new double[10]);
        assertEquals(4 + 2 + 10, model.dimension());
        assertEquals("W[CO,0]", model.names().get(0));
        assertTrue(model.differentiable());
    }

    @Test
    void everyLinkToAFileLeadsToOne() throws IOException {
        Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(Path.of("README.md")));
        int links = 0;
        while (link.find()) {
            links++;
            assertTrue(Files.exists(Path.of(link.group(1))), "the README links to " + link.group(1));
        }
        assertTrue(links > 3);
    }
}

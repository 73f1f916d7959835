package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.Parallel;
import org.unblend.simulate.QuasarSurvey;

/** A small version of the case; seeds are fixed. */
class QuasarsCheckTest {
    @TempDir
    Path folder;

    @Test
    void noisyTemplatesCostWhatTheirNoiseCosts() throws IOException {
        QuasarsCheck check = new QuasarsCheck(QuasarSurvey.STANDARD.size(300, 200), 300);
        Map<String, Measured> ours = check.compute(folder, folder, Parallel.SERIAL, s -> {});
        assertEquals(0.61, ours.get("missing").value(), 0.03);
        assertTrue(ours.get("difference").value() > 0 && ours.get("difference").value() < 0.05, ours.toString());
        // Few pixels, so that the median of 300 spectra has an error of about 0.1.
        assertEquals(0.8, ours.get("ratio").value(), 0.5);
        assertTrue(Files.readString(folder.resolve("chi2.svg")).contains("median"));
        assertTrue(Files.readString(folder.resolve("reconstructions.svg")).contains("noisy templates"));
        assertTrue(Files.readString(folder.resolve("spectra.svg")).contains("flux at rest"));
        assertTrue(Files.readString(folder.resolve("templates.svg")).contains("template 5"));
    }
}

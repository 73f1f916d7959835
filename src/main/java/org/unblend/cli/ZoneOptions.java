package org.unblend.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unblend.io.RadiationTable;
import org.unblend.io.json.BadInput;
import org.unblend.radiative.Background;
import org.unblend.radiative.Excitation;
import org.unblend.radiative.Geometry;
import org.unblend.radiative.Intensity;
import org.unblend.radiative.Physics;
import picocli.CommandLine.Option;

/** How the lines of a zone are computed. */
final class ZoneOptions {
    @Option(
            names = "--geometry",
            paramLabel = "NAME",
            description = "sphere (default), lvg, slab; radex-sphere, radex-lvg, radex-slab have the branches of RADEX")
    private String geometry = "sphere";

    @Option(
            names = "--excitation",
            paramLabel = "NAME",
            description = "full (default), lte (high density), thin (no trapped photons)")
    private String excitation = "full";

    @Option(
            names = "--intensity",
            paramLabel = "NAME",
            description =
                    "centre (default, as RADEX), integrated (profile saturates), source (mean over a sphere's disc)")
    private String intensity = "centre";

    @Option(
            names = "--dust",
            paramLabel = "T,GHz,BETA,FILLING",
            split = ",",
            description = "dust in the background: temperature [K], frequency of tau 1, slope, filling factor")
    private List<Double> dust;

    @Option(
            names = "--radiation",
            paramLabel = "CSV",
            description = "table of a radiation field: freq_GHz,intensity_cgs [erg/s/cm2/Hz/sr]")
    private Path radiation;

    /** @throws BadInput if an option is not as it should be */
    Physics physics() {
        try {
            return new Physics(
                    Geometry.named(geometry),
                    Excitation.named(excitation),
                    Intensity.named(intensity),
                    dust(),
                    table());
        } catch (IllegalArgumentException e) {
            throw BadOption.of(e);
        }
    }

    private Optional<Background.Dust> dust() {
        if (dust != null && dust.size() != 4) {
            throw new IllegalArgumentException(
                    "--dust takes four numbers, got " + dust + "; give temperature,GHz,slope,filling");
        }
        return Optional.ofNullable(dust).map(d -> new Background.Dust(d.get(0), d.get(1), d.get(2), d.get(3)));
    }

    private Optional<Background.Table> table() {
        return Optional.ofNullable(radiation).map(RadiationTable::read);
    }
}

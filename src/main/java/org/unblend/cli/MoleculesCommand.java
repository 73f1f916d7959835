package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Nearest;
import org.unblend.radiative.CollisionRates;
import org.unblend.radiative.CriticalDensity;
import org.unblend.radiative.LamdaFormatException;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.MoleculeCatalog;
import org.unblend.radiative.RadiativeLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code molecules}: what is known about molecules, where it ends, and what to cite. */
@Command(
        name = "molecules",
        description = "Lists the molecules whose lines can be computed, or tells about one of them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend molecules", "Example: unblend molecules HCO+"})
final class MoleculesCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "such as HCO+; all if left out")
    private String name;

    @Option(
            names = "--lamda",
            paramLabel = "DIR",
            description = "directory of LAMDA files (default: built-in molecules)")
    private Path lamda;

    @Option(
            names = "--tkin",
            paramLabel = "K",
            description = "temperature of the critical densities [K] (default: ${DEFAULT-VALUE})",
            defaultValue = "50")
    private double tkin;

    private final Console console;

    MoleculesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (lamda != null && !Files.isDirectory(lamda)) {
            throw new BadInput("F002", Place.of(lamda), "there is no such directory", "check the path");
        }
        if (!(tkin > 0) || !Double.isFinite(tkin)) {
            throw BadOption.of("--tkin is " + tkin + " K", "give a temperature above 0");
        }
        MoleculeCatalog catalog = lamda == null ? MoleculeCatalog.builtIn() : MoleculeCatalog.lamda(lamda);
        if (name == null) {
            list(catalog);
        } else {
            tell(find(catalog));
        }
        console.out().flush();
        return ExitCode.OK;
    }

    /** All that can be read; what cannot is reported after them. */
    private void list(MoleculeCatalog catalog) throws IOException {
        if (catalog.names().isEmpty()) {
            throw new BadInput("F005", Place.of(lamda), "holds no LAMDA file", "name a directory with files NAME.dat");
        }
        Mistakes mistakes = new Mistakes();
        console.out().printf("%-18s %-10s %6s %5s  %s%n", "name", "molecule", "levels", "lines", "rates with [K]");
        for (String known : catalog.names()) {
            try {
                Molecule m = catalog.find(known);
                console.out()
                        .printf(
                                "%-18s %-10s %6d %5d  %s%n",
                                known,
                                m.name(),
                                m.levels().size(),
                                m.lines().size(),
                                m.collisions().stream()
                                        .map(MoleculesCommand::range)
                                        .collect(Collectors.joining(", ")));
            } catch (LamdaFormatException e) {
                mistakes.add("L001", place(e), e.reason(), e.remedy());
            }
        }
        console.out().flush();
        mistakes.throwIfAny();
    }

    private Molecule find(MoleculeCatalog catalog) throws IOException {
        try {
            return catalog.find(name);
        } catch (LamdaFormatException e) {
            throw new BadInput("L001", place(e), e.reason(), e.remedy());
        } catch (IllegalArgumentException e) {
            List<String> known = catalog.names();
            throw BadOption.of(
                    "there is no molecule '" + name + "'",
                    Nearest.hint(name, known) + ", or give a directory of LAMDA files with --lamda");
        }
    }

    private Place place(LamdaFormatException e) {
        return new Place(lamda.resolve(Path.of(e.file()).getFileName()), e.line(), e.column(), "", "");
    }

    private void tell(Molecule m) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s  %.1f u, %d levels%n",
                        m.name(),
                        m.weight(),
                        m.levels().size());
        console.out().println();
        console.out().println("rates with  transitions  temperatures [K]");
        for (CollisionRates r : m.collisions()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%-10s  %11d  %s to %s%n",
                            r.partner(),
                            r.size(),
                            number(r.coldest()),
                            number(r.hottest()));
        }
        console.out().println();
        console.out()
                .printf("%-20s %13s %11s %10s %14s%n", "line", "freq [GHz]", "A [s-1]", "E_u [K]", "n_crit [cm-3]");
        for (RadiativeLine line : m.lines()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%-20s %13.6f %11.3e %10.2f %14s%n",
                            m.lineName(line),
                            line.frequency(),
                            line.einsteinA(),
                            m.levels().get(line.upper()).kelvin(),
                            critical(CriticalDensity.of(m, line, tkin)));
        }
        console.out().println();
        console.out()
                .printf(
                        Locale.ROOT,
                        "n_crit: H2 at which collisions empty the upper level like photons, %s K.%n",
                        number(tkin));
        console.out()
                .println("Outside its temperatures a rate is held constant, and the line is flagged. Please cite:");
        m.citations().forEach(c -> console.out().println("  " + c));
    }

    private static String critical(double density) {
        return Double.isFinite(density) ? String.format(Locale.ROOT, "%.2e", density) : "-";
    }

    private static String range(CollisionRates r) {
        return r.partner() + " " + number(r.coldest()) + "-" + number(r.hottest());
    }

    private static String number(double x) {
        return x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : Double.toString(x);
    }
}

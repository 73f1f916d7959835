package org.unblend.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Dense;
import picocli.CommandLine.Option;

/** Components of which a factor is given. */
final class ComponentOptions {
    @Option(
            names = "--fix-w",
            paramLabel = "FILE",
            description =
                    "hold these columns of W fixed (a named column per component, a row per feature); they are the"
                            + " first components, the others are free")
    private Path fixedW;

    @Option(
            names = "--fix-h",
            paramLabel = "FILE",
            description =
                    "hold these rows of H fixed (a named row per component, a column per sample); a name of --fix-w"
                            + " is the same component")
    private Path fixedH;

    /** The files. */
    List<Path> files() {
        return Stream.of(fixedW, fixedH).filter(Objects::nonNull).toList();
    }

    /**
     * All components: those with something given first, then the free ones.
     *
     * @param priorOfW priors of the free columns of W, as {@link PriorList} reads them
     * @param priorOfH priors of the free rows of H, alike
     * @throws BadInput if the files do not fit the data, or the priors or the rank do not fit them
     */
    List<KnownComponent> components(
            MatrixOptions options, MatrixData data, int rank, String priorOfW, String priorOfH) {
        Optional<LabelledMatrix> w = Optional.ofNullable(fixedW).map(f -> FactorTable.ofW(f, data.x()));
        Optional<LabelledMatrix> h = Optional.ofNullable(fixedH).map(f -> FactorTable.ofH(f, data.x()));
        List<String> inW = w.map(t -> t.columnNames(KnownComponent.COMPONENT)).orElse(List.of());
        List<String> inH = h.map(t -> t.rowNames(KnownComponent.COMPONENT)).orElse(List.of());
        refuseRepeated(fixedW, inW);
        refuseRepeated(fixedH, inH);
        Set<String> names = new LinkedHashSet<>(inW);
        names.addAll(inH);
        if (names.size() > rank) {
            throw options.bad(
                    "C002",
                    names.size() + " components are given, and --rank is " + rank,
                    "count the given components in: --rank " + names.size() + " or more");
        }
        if (names.size() == rank && inW.size() == rank && inH.size() == rank) {
            throw options.bad(
                    "C002", "both factors of all components are given", "leave something free, or raise --rank");
        }
        while (names.size() < rank) {
            int number = names.size() + 1;
            while (names.contains(KnownComponent.COMPONENT + number)) {
                number++;
            }
            names.add(KnownComponent.COMPONENT + number);
        }
        Iterator<String> ofW = PriorList.of(priorOfW, rank - inW.size(), "--prior-w", "W", options)
                .iterator();
        Iterator<String> ofH = PriorList.of(priorOfH, rank - inH.size(), "--prior-h", "H", options)
                .iterator();
        Dense columns = w.map(t -> t.values().dense().transpose()).orElse(null);
        Dense rows = h.map(t -> t.values().dense()).orElse(null);
        List<KnownComponent> all = new ArrayList<>();
        for (String name : names) {
            int inColumns = inW.indexOf(name);
            int inRows = inH.indexOf(name);
            all.add(new KnownComponent(
                    name,
                    inColumns < 0 ? ofW.next() : KnownComponent.FIXED,
                    inRows < 0 ? ofH.next() : KnownComponent.FIXED,
                    inColumns < 0 ? Optional.empty() : Optional.of(columns.row(inColumns)),
                    inRows < 0 ? Optional.empty() : Optional.of(rows.row(inRows))));
        }
        return all;
    }

    private static void refuseRepeated(Path file, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.stream().filter(n -> !seen.add(n)).findFirst().ifPresent(n -> {
            throw new BadInput("X053", Place.of(file), "has the component '" + n + "' twice", "give each its own name");
        });
    }

    /** Adds these options and the prior of each component to the record of what was asked for. */
    void addTo(Map<String, String> request, List<KnownComponent> components) {
        Optional.ofNullable(fixedW).ifPresent(f -> request.put("fix_w", f.toString()));
        Optional.ofNullable(fixedH).ifPresent(f -> request.put("fix_h", f.toString()));
        request.put("prior_w", told(components.stream().map(KnownComponent::priorOfW)));
        request.put("prior_h", told(components.stream().map(KnownComponent::priorOfH)));
    }

    private static String told(Stream<String> priors) {
        List<String> all = priors.toList();
        return all.stream().distinct().count() == 1 ? all.get(0) : String.join(",", all);
    }

    /** What is held fixed, to be told. */
    static List<String> remarks(List<KnownComponent> components) {
        List<String> remarks = new ArrayList<>();
        fixed(components.stream().filter(c -> c.w().isPresent()))
                .ifPresent(n -> remarks.add("W is held fixed of " + n));
        fixed(components.stream().filter(c -> c.h().isPresent()))
                .ifPresent(n -> remarks.add("H is held fixed of " + n));
        return remarks;
    }

    private static Optional<String> fixed(Stream<KnownComponent> components) {
        String names = components.map(KnownComponent::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }
}

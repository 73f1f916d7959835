package org.unblend.io.maps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.FitsImage;

/** Reads maps of one region from FITS files: an image each, or the planes of cubes. */
public final class FitsMaps {
    private FitsMaps() {}

    /** All maps of some files. */
    private record Layers(List<String> names, double[][] values, PixelGrid whole) {}

    /** True for the name of a FITS file. */
    public static boolean isFits(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(fits|fit)(\\.gz)?");
    }

    /** As {@link #read} of one file if that is a cube, whose planes are maps; empty if it is an image. */
    public static Optional<MapStack> cube(Path file, List<Path> errors) {
        return image(file, 1).axes().length == 3 ? Optional.of(read(List.of(file), errors)) : Optional.empty();
    }

    /**
     * Reads and stacks maps.
     *
     * @param files FITS files, at least one
     * @param errors FITS files with the standard deviations of all of them, in the same order; empty for none
     * @throws BadInput if a file is no map, has no pixel, or has other pixels than the first one
     */
    public static MapStack read(List<Path> files, List<Path> errors) {
        Layers maps = layers(files, Optional.empty());
        Optional<double[][]> sds = Optional.empty();
        if (!errors.isEmpty()) {
            Layers sd = layers(errors, Optional.of(new Reference(files.get(0), maps.whole)));
            if (sd.values.length != maps.values.length) {
                throw new BadInput(
                        "X050",
                        Place.of(errors.get(0)),
                        "there are " + sd.values.length + " maps of standard deviations for " + maps.values.length
                                + " maps",
                        "give one for each map, in the same order");
            }
            sds = Optional.of(sd.values);
        }
        MapStack stack = MapStack.of(maps.names, maps.values, sds, maps.whole);
        if (stack.grid().kept().length == 0) {
            throw new BadInput(
                    "X045",
                    Place.of(files.get(0)),
                    "no pixel of the maps has a number" + (errors.isEmpty() ? "" : " and a standard deviation"),
                    "check the maps" + (errors.isEmpty() ? "" : " and their errors"));
        }
        return stack;
    }

    /** What the pixels of further maps must agree with. */
    private record Reference(Path file, PixelGrid grid) {}

    private static Layers layers(List<Path> files, Optional<Reference> given) {
        Mistakes mistakes = new Mistakes();
        List<String> names = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        Optional<Reference> reference = given;
        for (Path file : files) {
            Optional<FitsImage> read = mistakes.attempt(() -> image(file, 2));
            if (read.isEmpty()) {
                continue;
            }
            FitsImage image = read.get();
            PixelGrid own = grid(image);
            reference = Optional.of(agreed(reference, own, file, mistakes));
            split(image, own.width() * own.height(), names, values, mistakes);
        }
        mistakes.throwIfAny();
        return new Layers(distinct(names, files), values.toArray(double[][]::new), reference.orElseThrow().grid);
    }

    private static FitsImage image(Path file, int leastAxes) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("X001", Place.of(file), "there is no such file", "check the name");
        }
        try {
            FitsImage image = FitsImage.read(file);
            if (image.axes().length < leastAxes) {
                throw new BadInput(
                        "X042",
                        Place.of(file),
                        "is no map: its image has " + image.axes().length + " axes longer than one pixel",
                        "give images with two axes, or cubes with three");
            }
            return image;
        } catch (ZipException e) {
            throw new BadInput(
                    "X003", Place.of(file), "is not compressed by gzip: " + e.getMessage(), "check the name");
        } catch (IOException e) {
            throw new BadInput("X003", Place.of(file), "cannot be read: " + e.getMessage(), "check the file");
        }
    }

    private static PixelGrid grid(FitsImage image) {
        int n = image.axes().length;
        SkyFrame frame = SkyFrame.of(image.header(), image.numbers()[n - 1], image.numbers()[n - 2]);
        return new PixelGrid(image.axes()[n - 1], image.axes()[n - 2], 1, 1, new int[0], frame);
    }

    private static Reference agreed(Optional<Reference> reference, PixelGrid own, Path file, Mistakes mistakes) {
        if (reference.isEmpty()) {
            return new Reference(file, own);
        }
        Reference first = reference.get();
        PixelGrid grid = first.grid;
        if (own.width() != grid.width() || own.height() != grid.height()) {
            mistakes.add(
                    "X043",
                    Place.of(file),
                    "is " + own.width() + " x " + own.height() + " pixels, " + first.file + " is " + grid.width()
                            + " x " + grid.height(),
                    "bring all maps to one grid and one beam first");
            return first;
        }
        own.frame()
                .difference(grid.frame(), grid.width(), grid.height())
                .ifPresent(how -> mistakes.add(
                        "X044",
                        Place.of(file),
                        "does not show the same pixels as " + first.file + ": " + how,
                        "bring all maps to one grid and one beam first"));
        SkyFrame frame = grid.frame().isEmpty() ? own.frame() : grid.frame().shared(own.frame());
        return new Reference(first.file, new PixelGrid(grid.width(), grid.height(), 1, 1, new int[0], frame));
    }

    private static void split(FitsImage image, int size, List<String> names, List<double[]> values, Mistakes mistakes) {
        int planes = image.pixels().length / size;
        String stem = image.file().getFileName().toString().replaceFirst("(?i)\\.(fits|fit)(\\.gz)?$", "");
        for (int k = 0; k < planes; k++) {
            double[] plane = Arrays.copyOfRange(image.pixels(), k * size, (k + 1) * size);
            String name = image.axes().length == 2 ? stem : stem + "[" + (k + 1) + "]";
            check(image.file(), plane, name, mistakes);
            names.add(name);
            values.add(plane);
        }
    }

    private static void check(Path file, double[] plane, String name, Mistakes mistakes) {
        boolean any = false;
        for (double v : plane) {
            if (Double.isInfinite(v)) {
                mistakes.add("X004", Place.of(file), name + " has an infinite pixel", "blank it with NaN");
                return;
            }
            any |= !Double.isNaN(v);
        }
        if (!any) {
            mistakes.add("X045", Place.of(file), name + " has no pixel with a number", "leave this map out");
        }
    }

    /** File names alone, or with their folders where files of two folders have one name. */
    private static List<String> distinct(List<String> names, List<Path> files) {
        if (new LinkedHashSet<>(names).size() == names.size() || names.size() != files.size()) {
            return names;
        }
        return files.stream().map(Path::toString).toList();
    }
}

package org.unblend.io.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.unblend.emulator.train.TrainingStore;
import org.unblend.math.TrainingState;

/**
 * Keeps what an interrupted training needs in a directory: chunks of points and the states of networks, each file with a
 * checksum and written under a temporary name first. A torn file counts as absent.
 */
public final class TrainingFolder implements TrainingStore {
    private static final String KEY = "key.txt";

    private final Path directory;

    private TrainingFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens a directory.
     *
     * @param key everything that the training depends on; what was kept under another key is deleted
     */
    public static TrainingFolder open(Path directory, String key) throws IOException {
        Files.createDirectories(directory);
        TrainingFolder folder = new TrainingFolder(directory);
        Path written = directory.resolve(KEY);
        if (!Files.exists(written) || !Files.readString(written).equals(key)) {
            folder.clear();
            Files.writeString(written, key);
        }
        return folder;
    }

    /** True if something was kept by an earlier training. */
    public boolean resumes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(f -> f.toString().endsWith(".bin"));
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path f : files.filter(f -> f.toString().endsWith(".bin")).toList()) {
                Files.delete(f);
            }
        }
    }

    /** Deletes all that was kept, and the directory. */
    public void remove() throws IOException {
        clear();
        Files.deleteIfExists(directory.resolve(KEY));
        Files.deleteIfExists(directory);
    }

    @Override
    public Optional<double[]> samples(String set, int chunk) {
        return read(set + "-" + chunk);
    }

    @Override
    public void saveSamples(String set, int chunk, double[] values) {
        write(set + "-" + chunk, values);
    }

    @Override
    public Optional<TrainingState> state(String part) {
        return read("state-" + part).map(v -> {
            int n = (v.length - 4) / 4;
            return new TrainingState(
                    (int) v[0],
                    (long) v[1],
                    slice(v, 4, n),
                    slice(v, 4 + n, n),
                    slice(v, 4 + 2 * n, n),
                    slice(v, 4 + 3 * n, n),
                    v[2],
                    (int) v[3]);
        });
    }

    private static double[] slice(double[] v, int from, int n) {
        return Arrays.copyOfRange(v, from, from + n);
    }

    @Override
    public void saveState(String part, TrainingState s) {
        int n = s.parameters().length;
        double[] v = new double[4 + 4 * n];
        v[0] = s.epoch();
        v[1] = s.step();
        v[2] = s.bestLoss();
        v[3] = s.bestEpoch();
        System.arraycopy(s.parameters(), 0, v, 4, n);
        System.arraycopy(s.mean(), 0, v, 4 + n, n);
        System.arraycopy(s.square(), 0, v, 4 + 2 * n, n);
        System.arraycopy(s.best(), 0, v, 4 + 3 * n, n);
        write("state-" + part, v);
    }

    /** A name of a file that is safe on every system. */
    private Path file(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            safe.append(c < 128 && (Character.isLetterOrDigit(c) || c == '-') ? String.valueOf(c) : "_" + (b & 0xff));
        }
        return directory.resolve(safe + ".bin");
    }

    private void write(String name, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * (values.length + 1));
        bytes.position(8);
        for (double v : values) {
            bytes.putDouble(v);
        }
        bytes.putLong(0, crc(bytes.array()));
        Path target = file(name);
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.write(part, bytes.array());
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 8, bytes.length - 8);
        return crc.getValue();
    }

    private Optional<double[]> read(String name) {
        try {
            byte[] bytes = Files.readAllBytes(file(name));
            ByteBuffer from = ByteBuffer.wrap(bytes);
            if (bytes.length < 16 || bytes.length % 8 != 0 || from.getLong() != crc(bytes)) {
                return Optional.empty();
            }
            double[] values = new double[bytes.length / 8 - 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = from.getDouble();
            }
            return Optional.of(values);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

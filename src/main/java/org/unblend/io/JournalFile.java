package org.unblend.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.unblend.infer.Journal;

/**
 * A journal in a file that is only ever appended to. Layout, big-endian: the header line {@code unblend journal 1} and
 * the key of the run, both ended by a line feed; then per batch the number of rows (int), the number of failed rows
 * (int), the CRC-32 of the points (int), the log likelihoods (doubles), and the CRC-32 of all that (int). What follows
 * the last whole record, such as one torn by a crash, is cut off when the file is opened.
 */
public final class JournalFile implements Journal, Closeable {
    private static final String MAGIC = "unblend journal 1\n";

    private final FileChannel channel;
    private final Path file;
    private final boolean resumed;

    /** Where records begin. */
    private final long start;

    /** End of what was recorded before the journal was opened. */
    private final long recorded;

    /** Where the next batch is read or written. */
    private long position;

    private JournalFile(Path file, FileChannel channel, long start, long end) {
        this.file = file;
        this.channel = channel;
        this.start = start;
        position = start;
        recorded = end;
        resumed = start < end;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param key what the values depend on: model, seed, engine and version; without line feeds
     * @throws ForeignJournal if the file belongs to another key
     * @throws Busy if another process, or another journal of this one, has it open
     */
    public static JournalFile open(Path file, String key) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new Busy(file);
        }
        byte[] header = (MAGIC + key + "\n").getBytes(StandardCharsets.UTF_8);
        if (channel.size() < header.length) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(header), 0);
        } else if (!Arrays.equals(header, read(channel, 0, header.length).array())) {
            channel.close();
            throw new ForeignJournal(file);
        }
        long end = header.length;
        for (long next = end; next >= 0; next = nextRecord(channel, next)) {
            end = next;
        }
        channel.truncate(end);
        return new JournalFile(file, channel, header.length, end);
    }

    /** True if nothing is recorded, so that nothing is lost without it. */
    boolean isEmpty() {
        return position == start && recorded == start;
    }

    /** True if batches were recorded before this journal was opened. */
    public boolean resumed() {
        return resumed;
    }

    @Override
    public int replay(double[] theta, double[] logLikelihood, int rows) {
        if (position >= recorded) {
            return -1;
        }
        try {
            ByteBuffer head = read(channel, position, 12);
            int stored = head.getInt();
            int failed = head.getInt();
            int points = head.getInt();
            if (stored != rows || points != crc(theta, rows)) {
                throw new IllegalStateException(
                        "the journal " + file + " was written by another program version: delete it and start over");
            }
            read(channel, position + 12, 8 * rows).asDoubleBuffer().get(logLikelihood, 0, rows);
            position += 16 + 8L * rows;
            return failed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void record(double[] theta, double[] logLikelihood, int rows, int failed) {
        ByteBuffer buffer = ByteBuffer.allocate(16 + 8 * rows);
        buffer.putInt(rows).putInt(failed).putInt(crc(theta, rows));
        for (int i = 0; i < rows; i++) {
            buffer.putDouble(logLikelihood[i]);
        }
        buffer.putInt(crc(buffer.array(), 12 + 8 * rows)).flip();
        try {
            while (buffer.hasRemaining()) {
                position += channel.write(buffer, position);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file + "; free some space and run again", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Start of the record after the whole and sound one at {@code at}; -1 if there is none at {@code at}. */
    private static long nextRecord(FileChannel channel, long at) throws IOException {
        if (channel.size() < at + 16) {
            return -1;
        }
        int rows = read(channel, at, 4).getInt();
        long length = 16 + 8L * rows;
        if (rows < 0 || length > Integer.MAX_VALUE || channel.size() < at + length) {
            return -1;
        }
        ByteBuffer record = read(channel, at, (int) length);
        boolean sound = record.getInt((int) length - 4) == crc(record.array(), (int) length - 4);
        return sound ? at + length : -1;
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    private static int crc(double[] theta, int rows) {
        // The points are checked by the parameters of all rows; theta may be longer than rows need.
        ByteBuffer buffer = ByteBuffer.allocate(8 * theta.length);
        buffer.asDoubleBuffer().put(theta);
        return crc(buffer.array(), buffer.capacity()) ^ rows;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Thrown where a journal is open elsewhere. */
    public static final class Busy extends IOException {
        private static final long serialVersionUID = 1L;

        Busy(Path file) {
            super(file + " is in use");
        }
    }

    /** Thrown where a journal belongs to another run. */
    public static final class ForeignJournal extends IOException {
        private static final long serialVersionUID = 1L;

        ForeignJournal(Path file) {
            super(file + " belongs to another model, seed, setting or version");
        }
    }
}

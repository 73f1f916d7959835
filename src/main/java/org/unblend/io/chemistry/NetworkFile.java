package org.unblend.io.chemistry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.Network;
import org.unblend.chemistry.NetworkFormatException;
import org.unblend.chemistry.NetworkReader;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;

/** Networks from files, with mistakes told as for every other input. */
public final class NetworkFile {
    private NetworkFile() {}

    /**
     * The network of a file, or the built-in one.
     *
     * @throws BadInput with line and column if the file is malformed
     */
    public static Network read(Optional<Path> file) {
        if (file.isEmpty()) {
            return BuiltInNetwork.network();
        }
        try {
            return NetworkReader.read(file.get());
        } catch (NetworkFormatException e) {
            throw new BadInput("L002", new Place(file.get(), e.line(), e.column(), "", ""), e.reason(), e.remedy());
        } catch (IOException e) {
            throw new BadInput(
                    "F002", Place.of(file.get()), "the network " + file.get() + " cannot be read", "check the path");
        }
    }
}

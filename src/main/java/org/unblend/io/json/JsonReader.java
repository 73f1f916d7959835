package org.unblend.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a JSON file into a tree whose values know their places. */
public final class JsonReader {
    private final Path file;
    private final List<String> lines;
    private final JsonParser parser;

    private JsonReader(Path file, String text) throws IOException {
        this.file = file;
        lines = text.lines().toList();
        parser = new JsonFactory().createParser(text);
    }

    /**
     * The tree of a file.
     *
     * @throws BadInput if the file cannot be read, is not valid JSON, or has a key twice in one object
     */
    public static Json read(Path file) {
        String text = text(file);
        try {
            JsonReader reader = new JsonReader(file, text);
            if (reader.parser.nextToken() == null) {
                throw new BadInput("J001", Place.of(file), "the file is empty", "write a JSON object into it");
            }
            Json root = reader.value("");
            if (reader.parser.nextToken() != null) {
                throw new BadInput(
                        "J002", reader.place(""), "there is more text after the end of the object", "remove it");
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            int line = at == null ? 0 : at.getLineNr();
            List<String> lines = text.lines().toList();
            String excerpt = line > 0 && line <= lines.size() ? lines.get(line - 1) : "";
            throw new BadInput(
                    "J002",
                    new Place(file, line, at == null ? 0 : at.getColumnNr(), "", excerpt),
                    "not valid JSON: " + e.getOriginalMessage(),
                    "correct the syntax here or just before");
        } catch (IOException e) {
            throw new BadInput("F001", Place.of(file), "cannot be read: " + e, "check the file");
        }
    }

    /** The text of a file, without the byte-order mark that some programs put first. @throws BadInput if it is no UTF-8 */
    public static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new BadInput("F002", Place.of(file), "there is no such file", "check the path");
        } catch (CharacterCodingException e) {
            throw new BadInput("F003", Place.of(file), "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            String what = Files.isDirectory(file) ? "is a directory" : "cannot be read: " + e.getMessage();
            throw new BadInput("F001", Place.of(file), what, "name a file that can be read");
        }
    }

    private Json value(String pointer) throws IOException {
        Place place = place(pointer);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(place, pointer);
            case START_ARRAY -> array(place, pointer);
            case VALUE_STRING -> new Json.Text(place, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(place, parser.getDoubleValue(), parser.getText());
            default -> new Json.Literal(place, parser.getText());
        };
    }

    private Json object(Place place, String pointer) throws IOException {
        List<Json.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            Place at = place(inner);
            if (!keys.add(key)) {
                throw new BadInput("J004", at, "the key '" + key + "' stands twice in one object", "remove one");
            }
            parser.nextToken();
            entries.add(new Json.Entry(key, at, value(inner)));
        }
        return new Json.Obj(place, List.copyOf(entries));
    }

    private Json array(Place place, String pointer) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(pointer + "/" + items.size()));
        }
        return new Json.Arr(place, List.copyOf(items));
    }

    private Place place(String pointer) {
        JsonLocation at = parser.currentTokenLocation();
        int line = at.getLineNr();
        String excerpt = line > 0 && line <= lines.size() ? lines.get(line - 1) : "";
        return new Place(file, line, at.getColumnNr(), pointer, excerpt);
    }
}

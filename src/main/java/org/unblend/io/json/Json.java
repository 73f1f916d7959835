package org.unblend.io.json;

import java.util.List;

/** A JSON value that knows its place. */
public sealed interface Json {

    /** Where it stands. */
    Place place();

    /** What it is, for messages. */
    String kind();

    /** An object; entries in the order of the file. */
    record Obj(Place place, List<Entry> entries) implements Json {
        @Override
        public String kind() {
            return "an object";
        }
    }

    /** One key and its value. */
    record Entry(String key, Place place, Json value) {}

    /** An array. */
    record Arr(Place place, List<Json> items) implements Json {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /** A string. */
    record Text(Place place, String value) implements Json {
        @Override
        public String kind() {
            return "the text \"" + value + "\"";
        }
    }

    /** A number. */
    record Num(Place place, double value, String written) implements Json {
        @Override
        public String kind() {
            return "the number " + written;
        }
    }

    /** true, false or null. */
    record Literal(Place place, String value) implements Json {
        @Override
        public String kind() {
            return value;
        }
    }
}

package org.unblend.model;

/** An argument of a distribution: a number, or the name of a node whose values are used entry by entry. */
public sealed interface Arg {

    /** A fixed number. */
    record Value(double value) implements Arg {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** The values of another node, spread over the axes that it lacks. */
    record Ref(String node) implements Arg {
        @Override
        public String toString() {
            return node;
        }
    }

    static Arg of(double value) {
        return new Value(value);
    }

    static Arg of(String node) {
        return new Ref(node);
    }
}

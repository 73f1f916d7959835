package org.unblend.model;

/** A graph with fewer entries along one axis; see {@link ModelGraph#shortened}. */
final class Shortened {
    private final String axis;
    private final int length;

    private Shortened(String axis, int length) {
        this.axis = axis;
        this.length = length;
    }

    static ModelGraph of(ModelGraph graph, String axis, int length) {
        Shortened to = new Shortened(axis, length);
        GraphBuilder built = ModelGraph.named(graph.name());
        for (Node node : graph.nodes()) {
            if (node instanceof Parameter p) {
                built.parameter(p.name(), to.dims(p.dims()), p.unit(), p.latex(), p.prior());
            } else if (node instanceof Constant c) {
                built.constant(c.name(), to.dims(c.dims()), c.unit(), to.first(c));
            } else if (node instanceof Observation o && o.dims().axis(axis).isPresent()) {
                throw new IllegalArgumentException(
                        "the data of " + o.name() + " lie along '" + axis + "': shorten another axis");
            } else {
                built.add(node);
            }
        }
        return built.build();
    }

    private Dims dims(Dims dims) {
        return new Dims(dims.axes().stream()
                .map(a -> a.name().equals(axis) ? new Axis(axis, a.labels().subList(0, length)) : a)
                .toList());
    }

    /** The values of the first entries along the axis. */
    private double[] first(Constant c) {
        if (c.dims().axis(axis).isEmpty()) {
            return c.values();
        }
        int at = c.dims().axes().indexOf(c.dims().axis(axis).orElseThrow());
        int step = c.dims().strides()[at];
        int old = c.dims().axes().get(at).length();
        double[] all = c.values();
        double[] kept = new double[all.length / old * length];
        int block = step * length;
        for (int b = 0; b < kept.length / block; b++) {
            System.arraycopy(all, b * step * old, kept, b * block, block);
        }
        return kept;
    }
}

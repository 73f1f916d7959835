package org.unblend.plot;

/**
 * Colours and type of all figures. Blue, vermilion and grey of different lightness stay distinct for all common kinds of
 * colour blindness and in print without colour (Wong 2011, Nature Methods 8, 441). Every figure carries the same sheet,
 * so that several can stand in one page.
 */
final class Theme {
    /** Average width of a character in units of the font size. */
    static final double CHARACTER = 0.56;

    /** Styles that fill credible regions, from the widest to the narrowest. */
    static final String[] SHADES = {"ub-shade0", "ub-shade1", "ub-shade2", "ub-shade3", "ub-shade4"};

    static final String STYLE = """

            text{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif;fill:#222}
            .ub-ground{fill:#fff}
            .ub-frame{fill:none;stroke:#444;stroke-width:.9}
            .ub-tick{fill:none;stroke:#444;stroke-width:.8}
            .ub-grid{fill:none;stroke:#e4e4e4;stroke-width:.8}
            .ub-shade0{fill:#e6eff8}.ub-shade1{fill:#c9deef}.ub-shade2{fill:#9cc6e2}.ub-shade3{fill:#5fa3d0}.ub-shade4{fill:#2b7bb9}
            .ub-line{stroke:#08366b;stroke-width:1;stroke-linejoin:round}
            .ub-curve{fill:none;stroke:#08366b;stroke-width:1.4;stroke-linejoin:round}
            .ub-area{fill:#dbe8f4}.ub-core{fill:#9cc6e2}
            .ub-prior{fill:none;stroke:#777;stroke-width:1.1;stroke-dasharray:4 2.5}
            .ub-median{fill:none;stroke:#08366b;stroke-width:1;stroke-dasharray:2 2}
            .ub-data{fill:none;stroke:#c44e00;stroke-width:1.6}
            .ub-third{fill:none;stroke:#222;stroke-width:1}
            .ub-faint{fill:none;stroke:#aaa;stroke-width:.8;stroke-linejoin:round}
            .ub-point{fill:#999}
            .ub-dot{fill:#c44e00;stroke:#fff;stroke-width:.8}
            .ub-label{font-size:12px;text-anchor:middle}
            .ub-title{font-size:12px;text-anchor:start}
            .ub-note{font-size:11px;text-anchor:start;fill:#444}
            .ub-num{font-size:10px;text-anchor:middle;fill:#333}
            .ub-numr{font-size:10px;text-anchor:end;fill:#333}
            .ub-numl{font-size:10px;text-anchor:start;fill:#333}
            .ub-absent{fill:#efefef}
            .ub-turned{font-size:11px;text-anchor:end}
            """;

    private Theme() {}

    /** Estimated width of {@code text} at a font size. */
    static double width(String text, double size) {
        return CHARACTER * size * text.codePointCount(0, text.length());
    }

    /** The font size, at most {@code size}, at which {@code text} fits {@code room}, but at least 7 pixels. */
    static double fit(String text, double size, double room) {
        return Math.max(7, Math.min(size, size * room / Math.max(1e-9, width(text, size))));
    }
}

package org.unblend.radiative;

import java.util.Arrays;
import java.util.Optional;

/** What a molecule collides with; the numbers are those of the LAMDA format. */
public enum Partner {
    H2(1, "H2"),
    PARA_H2(2, "p-H2"),
    ORTHO_H2(3, "o-H2"),
    ELECTRON(4, "e"),
    H(5, "H"),
    HE(6, "He"),
    H_PLUS(7, "H+");

    private final int number;
    private final String symbol;

    Partner(int number, String symbol) {
        this.number = number;
        this.symbol = symbol;
    }

    /** Number in LAMDA files, 1 to 7. */
    public int number() {
        return number;
    }

    /** True for molecular hydrogen in any form. */
    public boolean isH2() {
        return this == H2 || this == PARA_H2 || this == ORTHO_H2;
    }

    /** The partner with this number in LAMDA files, if there is one. */
    public static Optional<Partner> ofNumber(int number) {
        return Arrays.stream(values()).filter(p -> p.number == number).findFirst();
    }

    /** Chemical symbol, such as {@code p-H2}. */
    @Override
    public String toString() {
        return symbol;
    }
}

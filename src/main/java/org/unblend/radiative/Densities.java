package org.unblend.radiative;

import java.util.ArrayList;
import java.util.List;

/**
 * Densities of the collision partners [cm^-3]. There is no default: at least one is above 0.
 *
 * @param h2 all molecular hydrogen; replaced by the sum of para and ortho where these are given
 * @param para para-H2, or NaN (both) where it follows from {@code h2} and the temperature
 * @param ortho ortho-H2, or NaN (both) where it follows from {@code h2} and the temperature
 * @param electrons electrons
 * @param h atomic hydrogen
 * @param he helium
 * @param hPlus protons
 */
public record Densities(double h2, double para, double ortho, double electrons, double h, double he, double hPlus) {

    public Densities {
        double lowest = Math.min(Math.min(electrons, h), Math.min(he, hPlus));
        if (Double.isNaN(para) != Double.isNaN(ortho)) {
            throw new IllegalArgumentException("give both p-H2 and o-H2, or neither; got " + para + " and " + ortho);
        }
        if (!Double.isNaN(para)) {
            h2 = para + ortho;
            lowest = Math.min(lowest, Math.min(para, ortho));
        }
        lowest = Math.min(lowest, h2);
        double sum = h2 + electrons + h + he + hPlus;
        if (!(lowest >= 0) || !(sum > 0) || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("densities must be at least 0, one of them above 0, got H2 " + h2
                    + ", p-H2 " + para + ", o-H2 " + ortho + ", e " + electrons + ", H " + h + ", He " + he + ", H+ "
                    + hPlus);
        }
    }

    /** True if ortho and para H2 follow from H2 and the temperature. */
    public boolean thermal() {
        return Double.isNaN(para);
    }

    /** Molecular hydrogen alone, with ortho and para in thermal equilibrium. */
    public static Densities h2(double density) {
        return new Densities(density, Double.NaN, Double.NaN, 0, 0, 0, 0);
    }

    /** Molecular hydrogen alone, with the given para and ortho densities. */
    public static Densities paraOrtho(double para, double ortho) {
        return new Densities(para + ortho, para, ortho, 0, 0, 0, 0);
    }

    /** The same with other partners besides molecular hydrogen. */
    public Densities with(double electrons, double h, double he, double hPlus) {
        return new Densities(h2, para, ortho, electrons, h, he, hPlus);
    }

    /**
     * Thermal ortho-to-para ratio of H2: min(3, 9 exp(-170.6 K / T)), the approximation of van der Tak et al. (2007).
     *
     * @param tkin kinetic temperature [K]
     */
    public static double orthoToPara(double tkin) {
        return Math.min(3, 9 * Math.exp(-170.6 / tkin));
    }

    /** Those above 0 in words, such as {@code n(H2) 10000.0  n(e) 2.0}. */
    public String text() {
        double[] others = {electrons, h, he, hPlus};
        List<String> parts = new ArrayList<>();
        if (!thermal()) {
            parts.add("n(p-H2) " + para);
            parts.add("n(o-H2) " + ortho);
        } else if (h2 > 0) {
            parts.add("n(H2) " + h2);
        }
        for (int i = 0; i < others.length; i++) {
            if (others[i] > 0) {
                parts.add("n(" + Partner.values()[Partner.ELECTRON.ordinal() + i] + ") " + others[i]);
            }
        }
        return String.join("  ", parts);
    }

    /** True if this partner has a density above 0. */
    public boolean covers(Partner partner) {
        return of(partner, false, 1) > 0;
    }

    /** Derivative of {@link #of} with respect to the temperature [cm^-3 K^-1], from the thermal ratio of ortho and para. */
    double slope(Partner partner, boolean both, double tkin) {
        boolean split = both && Double.isNaN(para) && (partner == Partner.PARA_H2 || partner == Partner.ORTHO_H2);
        double ratio = orthoToPara(tkin);
        if (!split || ratio >= 3) {
            return 0;
        }
        double change = h2 * ratio * 170.6 / (tkin * tkin) / ((1 + ratio) * (1 + ratio));
        return partner == Partner.ORTHO_H2 ? change : -change;
    }

    /**
     * Density with which the rates of one partner are to be multiplied. Where ortho and para H2 are not given, H2 is
     * split in the thermal ratio if the molecule has rates for both, and counts whole for the one that it has.
     *
     * @param partner a partner of the molecule
     * @param both true if the molecule has rates for both ortho-H2 and para-H2
     * @param tkin kinetic temperature [K]
     * @return density [cm^-3]
     */
    double of(Partner partner, boolean both, double tkin) {
        return switch (partner) {
            case H2 -> h2;
            case PARA_H2 -> !Double.isNaN(para) ? para : both ? h2 / (1 + orthoToPara(tkin)) : h2;
            case ORTHO_H2 -> !Double.isNaN(ortho) ? ortho : both ? h2 - h2 / (1 + orthoToPara(tkin)) : h2;
            case ELECTRON -> electrons;
            case H -> h;
            case HE -> he;
            case H_PLUS -> hPlus;
        };
    }
}

package org.unblend.nested;

/**
 * Finds new points above a threshold: the one part of nested sampling that is not book-keeping. Among the candidates
 * that it returns, those above the threshold are draws from the prior restricted to where the likelihood exceeds the
 * threshold, independent or, at the ends of Markov chains, nearly so; candidates at or below it may be among them and are
 * ignored. A candidate that is still above a later, higher threshold is then a draw for that one as well, so a whole
 * batch can be worked off.
 */
interface Explorer {

    /** The next candidates, evaluated. */
    Candidates next(Front front);

    /** One line about the present state, for progress and logs. */
    String describe();
}

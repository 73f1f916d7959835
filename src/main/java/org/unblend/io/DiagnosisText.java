package org.unblend.io;

import org.unblend.infer.Finding;
import org.unblend.infer.Result;

/** The diagnosis of a result as text: the verdict first, then every check with what to do about it. */
public final class DiagnosisText {
    private DiagnosisText() {}

    public static String of(Result result) {
        StringBuilder text = new StringBuilder(result.verdict() + "\n");
        for (Finding f : result.findings()) {
            text.append(String.format("%-12s%s: %s\n", f.severity(), f.check(), f.message()));
            if (!f.remedy().isEmpty()) {
                text.append(" ".repeat(12))
                        .append("what to do: ")
                        .append(f.remedy())
                        .append("\n");
            }
        }
        return text.toString();
    }
}

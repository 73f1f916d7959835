package org.unblend.infer;

/** Thrown where a question cannot be answered for a reason that the user can change. */
public final class InvalidRequest extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;
    private final String remedy;

    public InvalidRequest(String code, String reason, String remedy) {
        super(code + ": " + reason + "; " + remedy);
        this.code = code;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Short stable code. */
    public String code() {
        return code;
    }

    /** What is wrong. */
    public String reason() {
        return reason;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}

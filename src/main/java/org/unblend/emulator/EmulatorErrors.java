package org.unblend.emulator;

import java.util.List;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;

/** The errors of an emulator as a forward model: {@link Emulator#errors} of the same outputs at the same inputs. */
public record EmulatorErrors(Emulator emulator) implements ForwardModel {

    public EmulatorErrors {
        if (emulator.errorNetwork().isEmpty()) {
            throw new IllegalArgumentException(
                    emulator.card().name() + " was trained without an error network; train it with one");
        }
    }

    @Override
    public String description() {
        return "error of " + emulator.description();
    }

    @Override
    public List<Port> inputs() {
        return emulator.inputs();
    }

    @Override
    public Axis output() {
        return emulator.output();
    }

    /** Errors are those of s: decades for logarithms. */
    @Override
    public String outputUnit() {
        return "1";
    }

    @Override
    public String fingerprint() {
        return "error " + emulator.fingerprint();
    }

    @Override
    public List<String> citations() {
        return emulator.citations();
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        emulator.errors(in, out, rows);
        int m = emulator.outputs().size();
        for (int r = 0; r < rows; r++) {
            status[r] = Double.isNaN(out[r * m]) ? RowStatus.OUT_OF_DOMAIN : RowStatus.OK;
        }
    }
}

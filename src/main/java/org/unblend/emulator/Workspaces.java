package org.unblend.emulator;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Workspaces that threads borrow and give back; as many are made as are in use at one time. */
final class Workspaces<T> {
    private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<T> maker;

    Workspaces(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        T found = idle.poll();
        return found != null ? found : maker.get();
    }

    void give(T workspace) {
        idle.add(workspace);
    }
}

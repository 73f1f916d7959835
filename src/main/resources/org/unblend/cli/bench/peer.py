"""Times scikit-learn's non-negative factorisation through its public function.

peer.py FOLDER cd|kl time N...             CPU seconds of all starts, then the objective of each after N iterations
peer.py FOLDER cd|kl reach LIMIT TARGET... iterations of each start to its objective

Without a tolerance the method carries nothing from one iteration to the next, so a fit in pieces is the same fit.
"""

import sys
import time
import warnings
from pathlib import Path

import numpy as np
import scipy.sparse
from sklearn.decomposition import non_negative_factorization

PIECE = 50


def load(folder):
    w, h = np.load(folder / "W0.npy"), np.load(folder / "H0.npy")
    if (folder / "X.npy").exists():
        x = np.load(folder / "X.npy")
    else:
        data, indices, indptr = (np.load(folder / (name + ".npy"))[0] for name in ("data", "indices", "indptr"))
        shape = (indptr.size - 1, h.shape[1])
        x = scipy.sparse.csr_matrix((data, indices.astype(np.int32), indptr.astype(np.int32)), shape=shape)
    rank = w.shape[1]
    return x, w.reshape(-1, x.shape[0], rank), h.reshape(-1, rank, x.shape[1])


def advance(x, w, h, method, iterations):
    how = {"solver": "cd"} if method == "cd" else {"solver": "mu", "beta_loss": "kullback-leibler"}
    w, h, _ = non_negative_factorization(
        x, w.copy(), h.copy(), n_components=w.shape[1], init="custom", tol=0, max_iter=iterations, **how
    )
    return w, h


def objective(x, w, h, method):
    if method == "cd":
        if scipy.sparse.issparse(x):
            return 0.5 * (np.sum(x.data**2) + np.sum((w.T @ w) * (h @ h.T))) - np.sum(w * (x @ h.T))
        return 0.5 * np.sum((x - w @ h) ** 2)
    if scipy.sparse.issparse(x):
        row, column = x.nonzero()
        mean, seen = np.einsum("ij,ij->i", w[row], h.T[column]), x.data
    else:
        mean, seen = (w @ h)[x > 0], x[x > 0]
    return np.sum(seen * np.log(seen / mean)) - seen.sum() + w.sum(axis=0) @ h.sum(axis=1)


def reach(x, w, h, method, limit, target):
    done, piece = 0, PIECE
    while done < limit:
        w1, h1 = advance(x, w, h, method, piece)
        if objective(x, w1, h1, method) <= target:
            if piece == 1:
                return done + 1
            piece = 1
        else:
            w, h, done = w1, h1, done + piece
    return limit


def main():
    folder, method, command, numbers = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
    x, ws, hs = load(folder)
    if command == "time":
        begin = time.process_time()
        ends = [advance(x, w, h, method, int(n)) for w, h, n in zip(ws, hs, numbers)]
        print(time.process_time() - begin)
        print(*(float(objective(x, w, h, method)) for w, h in ends))
    else:
        print(*(reach(x, w, h, method, int(numbers[0]), float(t)) for w, h, t in zip(ws, hs, numbers[1:])))


warnings.filterwarnings("ignore")
main()

package org.unblend.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.unblend.infer.Start;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.model.ModelGraph;
import org.unblend.nmf.ColumnNorm;

/**
 * A point factorisation as a verb asks for it.
 *
 * @param graph makes the graph
 * @param prepared what was done to the data before, if anything
 * @param start where to begin, if that is not left to the engine
 * @param norm what columns of W are scaled to where no prior decides it, if that was said
 * @param bootstrap uncertainties, if wanted
 * @param request what was asked for, for the record
 * @param remarks what was assumed, to be told
 * @param grid the pixels that the samples are, if they are
 * @param references profiles that the components are matched with, if wanted
 * @param sources files that determined the result beside the data
 */
record PointJob(
        Supplier<ModelGraph> graph,
        Optional<PreparedData> prepared,
        Optional<Start> start,
        Optional<ColumnNorm> norm,
        Optional<BootstrapOptions.Request> bootstrap,
        Map<String, String> request,
        List<String> remarks,
        Optional<PixelGrid> grid,
        Optional<LabelledMatrix> references,
        List<Path> sources) {}

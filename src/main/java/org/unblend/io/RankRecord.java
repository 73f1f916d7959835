package org.unblend.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.unblend.infer.Evidence;
import org.unblend.infer.Provenance;

/** The record of a comparison of ranks by evidence: what was asked, the evidences, provenance, what to cite. */
public final class RankRecord {
    private RankRecord() {}

    /** The evidence of a rank under a prior. */
    public record Row(String prior, int rank, Evidence evidence) {}

    /**
     * The text of {@code result.json}, format {@code result/1}.
     *
     * @param run name of the run
     * @param settings numbers on which the evidences depend
     * @param verdict the worst verdict on an evidence
     * @param hash fingerprint of the model at the smallest rank
     */
    public static String json(
            String run,
            Map<String, String> settings,
            String verdict,
            String hash,
            List<Row> rows,
            Provenance provenance,
            List<String> citations)
            throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", "result/1").put("run", run).put("model_hash", hash).put("verdict", verdict);
        root.putArray("want").add("rank");
        ObjectNode asked = root.putObject("settings");
        new TreeMap<>(settings).forEach(asked::put);
        ArrayNode ranks = root.putArray("ranks");
        for (Row row : rows) {
            ranks.addObject()
                    .put("prior", row.prior())
                    .put("rank", row.rank())
                    .put("logz", row.evidence().logZ())
                    .put("logz_error", row.evidence().error())
                    .put("method", row.evidence().method());
        }
        ResultRecord.provenance(root.putObject("provenance"), provenance);
        ArrayNode cite = root.putArray("cite");
        citations.forEach(cite::add);
        return ResultRecord.text(root);
    }
}

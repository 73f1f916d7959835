/** The contract between a question and the engine that answers it: tasks, engines, planner, context, results. */
package org.unblend.infer;

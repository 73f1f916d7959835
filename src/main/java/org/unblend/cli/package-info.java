/** The command line: verbs, messages, exit codes. */
package org.unblend.cli;

/**
 * The {@code sirocco} command.
 *
 * <p>Entry type: {@link dev.sirocco.cli.Main}. Each command is a class of its own that turns options into calls of the
 * modules below and their results into lines or JSON; {@code Application} holds them together.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Data goes to standard output and everything else to standard error, both in UTF-8 whatever the locale.
 *   <li>The exit status is 0 for success, 1 for failure, 2 for bad usage, 130 after Ctrl-C. A reader that closes the
 *       pipe early has what it wants: that is success.
 *   <li>A failure is one line, {@code sirocco: FILE or option: what is wrong; what to do}. A stack trace is shown only
 *       with {@code SIROCCO_DEBUG=1}.
 *   <li>A command loads no more than it needs: those that only read a file never look for a device.
 * </ul>
 *
 * <p>What stays out: whatever a program without a terminal would want too. That belongs to the model module.
 */
package dev.sirocco.cli;

// SPDX-License-Identifier: Apache-2.0
/**
 * Tasks and results as bytes, for executors of this library whose workers are other JVMs. Not for users: what is here
 * changes without notice.
 */
package concurrent.futures.codec;

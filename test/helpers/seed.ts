/** In CI random tests draw the same values each time: what lands is decided by the change, not by luck. */
import fc from 'fast-check';

if (process.env['CI'] === 'true') fc.configureGlobal({ seed: 20261121 });

// Loaded by a Node before its program (--import): notes each use of a network in the file DIGITS_NETWORK_LOG.
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const note = what =>
  fs.appendFileSync(process.env.DIGITS_NETWORK_LOG, `${what} by ${process.argv.slice(1).join(' ')}\n`);

/** Notes each call of a method, and calls it. */
function watch(object, name, what = () => name) {
  const own = object[name];
  object[name] = function (...given) {
    const said = what(given);
    if (said) note(said);
    return own.apply(this, given);
  };
}

/** A socket of the file system, or a pipe of Windows, is no network. */
const isLocal = ([options]) => {
  const first = Array.isArray(options) ? options[0] : options;
  return typeof first === 'string'
    ? Number.isNaN(Number(first))
    : typeof first === 'object' && first !== null && (typeof first.path === 'string' || first.fd !== undefined);
};
// http, https, tls and fetch connect by this one.
watch(net.Socket.prototype, 'connect', given => !isLocal(given) && 'connect');
watch(net.Server.prototype, 'listen', given => !isLocal(given) && 'listen');
for (const name of ['bind', 'send', 'connect']) watch(dgram.Socket.prototype, name);
for (const object of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(object).filter(name => /^(lookup|resolve|reverse)/.test(name)))
    watch(object, name);
}
// For those that import single functions.
syncBuiltinESMExports();

import type { JSX } from 'preact';
import { count } from '../../../src/core/text';
import type { RunRecord } from '../../../src/core/run/runRecord';

/** The network, layer by layer. */
export function Network({
  layers,
  networks,
  parameters,
}: Pick<RunRecord, 'layers' | 'networks' | 'parameters'>): JSX.Element {
  return (
    <section aria-labelledby="network">
      <h2 id="network">Network</h2>
      <div class="scroll-x">
        <table class="numbers" data-testid="network">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Type</th>
              <th scope="col" class="right">
                Output shape
              </th>
              <th scope="col" class="right">
                Parameters
              </th>
            </tr>
          </thead>
          <tbody>
            {layers.map(({ name, type, outputShape, parameters: own }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{type}</td>
                <td class="right">{outputShape.join(' × ')}</td>
                <td class="right">{own === 0 ? <span class="muted">0</span> : count(own)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {networks === 1 ? 'Total' : `Total of ${networks} such networks, averaged`}
              </th>
              <td class="right">{count(parameters)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

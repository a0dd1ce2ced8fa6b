import { expect, it } from 'vitest';
import { Disposable } from '../../../src/host/disposable';

class Owner extends Disposable {
  own(name: string, disposed: string[]): void {
    this.register({ dispose: () => void disposed.push(name) });
  }
}

it('an owner disposes of what it registered once, the last first, and at once of what comes later', () => {
  const disposed: string[] = [];
  const owner = new Owner();
  owner.own('a', disposed);
  owner.own('b', disposed);
  expect(disposed).toEqual([]);
  owner.dispose();
  owner.dispose();
  expect(disposed).toEqual(['b', 'a']);
  owner.own('c', disposed);
  expect(disposed).toEqual(['b', 'a', 'c']);
});

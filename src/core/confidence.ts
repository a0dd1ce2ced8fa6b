/**
 * How probable a network held its answers, on average: the mean over the images of its most probable class. Beside the
 * accuracy it tells whether the probabilities are too modest or too bold. Undefined without images, and where the network
 * diverged. `probabilities`: images x classes.
 */
export function meanConfidence(probabilities: ArrayLike<number>, classes: number): number | undefined {
  const images = probabilities.length / classes;
  let sum = 0;
  for (let first = 0; first < probabilities.length; first += classes) {
    let most = probabilities[first]!;
    for (let index = 1; index < classes; index++) most = Math.max(most, probabilities[first + index]!);
    sum += most;
  }
  return images > 0 && Number.isFinite(sum) ? sum / images : undefined;
}

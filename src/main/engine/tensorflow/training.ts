import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { adamStep } from '@core/network/adam';
import { maskShapes, type NetworkDescription } from '@core/network/description';
import type { TrainingEngine } from '../types';
import { forward } from './layers';
import type { Tensorflow } from './load';

/** Trains by TensorFlow: it differentiates, Adam is ours, so that both engines take the same steps. */
export function createTensorflowTraining(tf: Tensorflow, network: NetworkDescription): TrainingEngine {
  const { window, classes, dropout, families: known } = network;
  const shapes = maskShapes(network);

  return {
    name: `tensorflow/${tf.getBackend()}`,
    async step(state, { volumes, families, labels, masks }, rate, step) {
      const batch = labels.length / classes.length;
      const { value, grad, logits } = tf.tidy(() => {
        const windows = tf.tensor4d(volumes, [batch, window, window, window]);
        const told = known && tf.tensor2d(families, [batch, known.length]);
        const truth = tf.tensor2d(labels, [batch, classes.length]);
        const kept = shapes.map((shape, i) =>
          tf.mul<Tensor>(tf.cast(tf.tensor(masks[i]!, [batch, ...shape], 'int32'), 'float32'), 1 / (1 - dropout)),
        );
        let said: Tensor2D | undefined;
        const loss = (weights: Tensor): Scalar => {
          // Kept, because differentiating clears away all but the loss.
          said = tf.keep(forward(tf, network, weights as Tensor1D, windows, told, kept).logits);
          return tf.neg(tf.mean(tf.sum(tf.mul(truth, tf.logSoftmax(said)), 1)));
        };
        const { value, grad } = tf.valueAndGrad(loss)(tf.tensor1d(state.weights));
        return { value, grad, logits: said! };
      });
      const [mean, gradient, row] = await Promise.all([value.data(), grad.data(), logits.data()]);
      tf.dispose([value, grad, logits]);
      return {
        state: adamStep(state, gradient as Float32Array, rate, step),
        loss: mean[0]!,
        logits: row as Float32Array,
      };
    },
    close: () => Promise.resolve(),
  };
}

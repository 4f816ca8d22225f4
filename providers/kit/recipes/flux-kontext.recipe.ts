import type { Link, ModelFile, RecipeGraph } from '../comfyui-graph';
import { link, loadPicture, loaders, loraChain, sampleFromNoise, zeroed } from './graph-parts';
import { fluxDevLicence, fluxEncoders, fluxVae } from './model-files';
import { editOf, ownGpuPrice, type Recipe } from './recipe';

const repository = 'https://huggingface.co/Comfy-Org/flux1-kontext-dev_ComfyUI/resolve/main/split_files';

const diffusionModel: ModelFile = {
  names: ['flux1-dev-kontext_fp8_scaled.safetensors', 'flux1-kontext-dev.safetensors'],
  folder: 'diffusion_models',
  from: 'huggingface.co/Comfy-Org/flux1-kontext-dev_ComfyUI',
  url: `${repository}/diffusion_models/flux1-dev-kontext_fp8_scaled.safetensors`,
  bytes: 11_904_640_136,
  licence: fluxDevLicence,
};

/**
 * FLUX.1 Kontext dev: edits by words. Values of ComfyUI's own template `flux_kontext_dev_basic`; each picture is a reference
 * latent behind the one before, and the result is drawn from noise at the size that is asked for.
 */
const fluxKontext: Recipe = {
  model: {
    id: 'flux-kontext',
    label: 'FLUX.1 Kontext dev',
    tasks: ['edit'],
    pinned: true,
    size: { minPixels: 256 * 256, maxPixels: 2048 * 1024, multipleOf: 16 },
    // Each costs as much memory and time as the result itself.
    maxReferences: 4,
    maxCount: 4,
    takes: { seed: true, loras: true },
    loraBase: 'flux-1',
    price: ownGpuPrice,
    seconds: { low: 20, high: 240 },
  },
  build(asked, given) {
    const task = editOf(asked);
    const loras = loraChain(task.loras, link('model', 'MODEL'));
    const references = referenceLatents(given.images.length, link('text', 'CONDITIONING'));
    for (const place of given.images.keys())
      references.graph[`input-${place + 1}`] = loadPicture(given, place);
    return {
      ...loaders(diffusionModel, fluxEncoders, fluxVae),
      ...loras.graph,
      text: { nodeClass: 'CLIPTextEncode', inputs: { text: task.prompt, clip: link('clip', 'CLIP') } },
      ...references.graph,
      positive: {
        nodeClass: 'FluxGuidance',
        inputs: { conditioning: references.last, guidance: 2.5 },
      },
      negative: zeroed(link('text', 'CONDITIONING')),
      ...sampleFromNoise({
        task,
        given,
        model: loras.model,
        vae: link('vae', 'VAE'),
        positive: link('positive', 'CONDITIONING'),
        negative: link('negative', 'CONDITIONING'),
        emptyLatent: 'EmptySD3LatentImage',
        settings: { steps: 20, cfg: 1, sampler_name: 'euler', scheduler: 'simple' },
      }),
    };
  },
};

/** Each picture at a size Kontext knows, encoded, and told to the conditioning; the first is the first told. */
function referenceLatents(count: number, conditioning: Link): { graph: RecipeGraph; last: Link } {
  const graph: RecipeGraph = {};
  let last = conditioning;
  for (let place = 1; place <= count; place += 1) {
    graph[`scaled-${place}`] = {
      nodeClass: 'FluxKontextImageScale',
      inputs: { image: link(`input-${place}`, 'IMAGE') },
    };
    graph[`encoded-${place}`] = {
      nodeClass: 'VAEEncode',
      inputs: { pixels: link(`scaled-${place}`, 'IMAGE'), vae: link('vae', 'VAE') },
    };
    graph[`reference-${place}`] = {
      nodeClass: 'ReferenceLatent',
      inputs: { conditioning: last, latent: link(`encoded-${place}`, 'LATENT') },
    };
    last = link(`reference-${place}`, 'CONDITIONING');
  }
  return { graph, last };
}

export default fluxKontext;

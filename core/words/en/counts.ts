/** What is counted: "1 picture", "3 pictures". */
export const counts = {
  picture: { one: 'picture', more: 'pictures' },
  'reference image': { one: 'reference image', more: 'reference images' },
  node: { one: 'node', more: 'nodes' },
  'selected node': { one: 'selected node', more: 'selected nodes' },
  wire: { one: 'wire', more: 'wires' },
  run: { one: 'run', more: 'runs' },
  step: { one: 'step', more: 'steps' },
  'more step': { one: 'more step', more: 'more steps' },
  'more cause': { one: 'more cause', more: 'more causes' },
  result: { one: 'result', more: 'results' },
  job: { one: 'job', more: 'jobs' },
  route: { one: 'route', more: 'routes' },
  LoRA: { one: 'LoRA', more: 'LoRAs' },
  file: { one: 'file', more: 'files' },
  problem: { one: 'problem', more: 'problems' },
  warning: { one: 'warning', more: 'warnings' },
};

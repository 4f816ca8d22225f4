/** Choosing a part of a picture on the picture. */
export const cropping = {
  title: (node: string) => `Crop on the picture: ${node}`,
  open: 'On the picture…',
  command: 'Crop on the picture…',
  shape: 'Shape',
  free: 'Free',
  asItIs: 'As it is',
  hint: 'Drag on the picture. Arrow keys move the frame, on a handle they size it.',
  part: (width: number, height: number, left: number, top: number) =>
    `${width} × ${height} px from ${left}, ${top}`,
  handle: 'Size the frame: arrow keys',
  frame: 'The frame: arrow keys move it',
  cancel: 'Cancel',
  apply: 'Crop',
};

// In every document of the window: when a person pressed Enter, and when the first picture stood there. Times in ms since 1970.
const now = () => performance.timeOrigin + performance.now();
addEventListener(
  'keydown',
  ({ key }) => {
    if (key === 'Enter') globalThis.enterPressed = now();
  },
  true,
);

function hasPicture() {
  const image = document.querySelector('img');
  if (image?.complete && image.naturalWidth > 0) return true;
  const canvas = document.querySelector('canvas');
  if (!canvas || canvas.width === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(data.filter((_, i) => i % 4 === 0)).size > 20;
}

// Not by animation frames: VS Code writes the document of a webview anew, and they end with the old one.
if (globalThis !== globalThis.top) {
  const timer = setInterval(() => {
    if (!hasPicture()) return;
    globalThis.pictureShown = now();
    clearInterval(timer);
  }, 4);
}

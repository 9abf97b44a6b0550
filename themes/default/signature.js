// The pad on which a signature is drawn; without this script the typed name is the signature. It keeps whole numbers in a box of the canvas's own size.
(() => {
  for (const pad of document.querySelectorAll('[data-signature][hidden]')) {
    const canvas = pad.querySelector('canvas'), kept = pad.querySelector('input'), pen = canvas.getContext('2d');
    let strokes = kept.value ? kept.value.split(' ').map(s => s.split('-').map(p => p.split(',').map(Number))) : [], drawing = null;
    pad.hidden = false;
    const draw = () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      Object.assign(pen, { lineWidth: 3, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' });
      for (const s of strokes) {
        pen.beginPath();
        pen.moveTo(...s[0]);
        s.length < 2 ? pen.lineTo(s[0][0] + 0.1, s[0][1]) : s.slice(1).forEach(p => pen.lineTo(...p));
        pen.stroke();
      }
    };
    const keep = () => { kept.value = strokes.map(s => s.map(p => p.join(',')).join('-')).join(' '); draw(); };
    const at = e => {
      const box = canvas.getBoundingClientRect(), within = (v, most) => Math.max(0, Math.min(most, Math.round(v)));
      return [within((e.clientX - box.left) * canvas.width / box.width, canvas.width), within((e.clientY - box.top) * canvas.height / box.height, canvas.height)];
    };
    canvas.addEventListener('pointerdown', e => { e.preventDefault(); canvas.setPointerCapture(e.pointerId); drawing = [at(e)]; strokes.push(drawing); draw(); });
    canvas.addEventListener('pointermove', e => {
      const p = drawing && at(e), last = drawing?.at(-1);
      // What the hand trembles costs room and shows nothing.
      if (p && Math.hypot(p[0] - last[0], p[1] - last[1]) >= 3 && kept.value.length + drawing.length * 8 < 19000) { drawing.push(p); draw(); }
    });
    for (const end of ['pointerup', 'pointercancel']) { canvas.addEventListener(end, () => { if (drawing) { drawing = null; keep(); } }); }
    pad.querySelector('button').addEventListener('click', () => { strokes = []; keep(); });
    draw();
  }
})();

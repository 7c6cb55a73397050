// Makes smoother what works without it: forms send themselves, a dropped file lands in its field, progress is followed.
"use strict";
(() => {
  document.querySelector("[data-focus]")?.focus();

  for (const form of document.querySelectorAll("form[data-submit]"))
    form.addEventListener("change", () => form.requestSubmit());

  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    for (const over of ["dragenter", "dragover"])
      form.addEventListener(over, (event) => { event.preventDefault(); form.classList.add("over"); });
    for (const out of ["dragleave", "drop"])
      form.addEventListener(out, () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }

  // A form that was sent is not sent again by a second click.
  for (const form of document.querySelectorAll("form[method=post]"))
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      window.addEventListener("pageshow", () => delete form.dataset.sent);
    });

  // The part that tells how far work has come is fetched anew; when the work is over, its result is shown.
  const follow = async (part) => {
    const answer = await fetch(part.dataset.poll);
    if (answer.redirected) { location.assign(answer.url); return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-poll]");
    if (!fresh) { location.assign(part.dataset.poll); return; }
    part.replaceChildren(...fresh.childNodes);
    setTimeout(follow, 1000, part);
  };
  const part = document.querySelector("[data-poll]");
  if (part) setTimeout(follow, 1000, part);
})();

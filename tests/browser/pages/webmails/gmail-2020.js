/** Fills the page with the saved compose box, and has it send as Gmail does. */

const box = document.getElementById("compose");
const saved = document.createElement("template");
saved.innerHTML = await (await fetch("gmail-compose-2020-10.html")).text();
for (const picture of saved.content.querySelectorAll('img[src^="//"]')) picture.removeAttribute("src");
box.append(saved.content);
const editor = box.querySelector("[g_editable]");
editor.classList.add("editor");
editor.innerHTML = "<div data-write>Hi Cathy,</div>";
box.querySelector(".Up .dC > [role=button]").dataset.send = "";
await import("./webmail.js");

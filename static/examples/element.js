// What a course page can do with the figure: hear what happens in it, and act in it.
const lab = document.querySelector("netsplit-lab");
const heard = document.querySelector("#heard");

for (const name of ["ready", "step", "prediction", "verdict", "goal", "error"]) {
  lab.addEventListener(name, (event) => {
    heard.textContent = `${name} ${JSON.stringify(event.detail)}\n${heard.textContent}`.slice(0, 2000);
  });
}

document.querySelector("#cut").addEventListener("click", () => lab.act("crash leader"));
document.querySelector("#link").addEventListener("click", async () => {
  heard.textContent = await lab.getLink();
});

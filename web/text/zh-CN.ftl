# The words of the page. One `key = text {placeholder}` a line.

# page: shell, timeline, keyboard, palette, help

# -- end of page

# panel: lamps, lesson, inspector, events, menus, share, gallery, embed

# -- end of panel

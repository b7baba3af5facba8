"""Routes about jurisdictions and agencies."""

ROUTES = """
jurisdiction-list               get anyone | post keep_place
jurisdiction-detail             get anyone | patch keep_place
choice-list                     get anyone | post keep_choice
choice-detail                   get anyone | patch keep_choice
places:choices                  get keep_choice
places:new-choice               get post keep_choice
places:choices-table            get post keep_choice
places:choice                   get keep_choice
places:change-choice            get post keep_choice
agency-list                     get anyone | post keep_agency
agency-detail                   get anyone | patch keep_agency
jurisdiction-merge              post keep_place
agency-merge                    post keep_place
agency-add-vacation             post keep_agency
agency-drop-vacation            post keep_agency
places:agencies                 get keep_agency
places:new-agency               get post keep_agency
places:agencies-table           get post keep_agency
places:vacations-table          get post keep_agency
places:close-courts             get post keep_agency
jurisdiction-close-courts       post keep_agency
places:agency                   get keep_agency
places:change-agency            get post keep_agency
places:merge-agency             get post keep_place
places:merge-place              get post keep_place
places:add-vacation             get post keep_agency
places:drop-vacation            get post keep_agency
jurisdiction-draw               post keep_place
places:draw-place               get post keep_place
places:places                   get keep_agency
places:new-place                get post keep_place
places:places-table             get post keep_place
places:place                    get keep_agency
places:change-place             get post keep_place
"""

"""Routes about reports and their runs."""

ROUTES = """
report-list                     get view_report
report-detail                   get view_report
report-run-list                 post run_report
report-run-detail               get view_report
report-run-behind               get view_report
report-run-cancel               post run_report
reports:dashboard               get view_report
dashboard-list                  get view_report
dashboard-detail                get view_report
dashboard-compute               post run_report
reports:boards                  get view_report
reports:shapes                  get view_report
reports:board                   get view_report | post run_report
reports:board-pdf               get view_report
reports:board-csv               get view_report
reports:board-xlsx              get view_report
reports:run                     get view_report | post run_report
reports:snapshot                get view_report
reports:csv                     get view_report
reports:pdf                     get view_report
reports:behind                  get view_report
report-schedule-list            get keep_schedule | post keep_schedule
report-schedule-detail          get keep_schedule | patch keep_schedule
report-schedule-stop            post keep_schedule
snapshot-list                   get view_report
snapshot-detail                 get view_report
snapshot-difference             get view_report
snapshot-paper                  get view_report
release-list                    get view_release
release-detail                  get view_release
release-proposal-list           get decide_release | post propose_release
release-proposal-detail         get decide_release
release-proposal-table          get decide_release
release-proposal-approve        post decide_release
release-proposal-refuse         post decide_release
release-proposal-withdraw       post propose_release
outside-address-list            get decide_release | post propose_release
outside-address-detail          get decide_release
outside-address-confirm         post decide_release
outside-address-end             post decide_release
release-letter-list             get view_release
release-letter-detail           get view_release
reports:ctdc                    get export_cases | post export_cases
ctdc-export-list                post export_cases
reports:difference              get view_report
reports:propose-release         get propose_release | post propose_release
reports:releases                get view_release
reports:release                 get view_release
reports:release-csv             get view_release
reports:proposal                get decide_release
reports:approve-release         get decide_release | post decide_release
reports:refuse-release          get decide_release | post decide_release
reports:withdraw-release        get propose_release | post propose_release
reports:outside                 get decide_release
reports:propose-address         get propose_release | post propose_release
reports:outside-address         get decide_release
reports:confirm-address         get decide_release | post decide_release
reports:end-address             get decide_release | post decide_release
reports:schedules               get keep_schedule | post keep_schedule
reports:change-schedule         get keep_schedule | post keep_schedule
reports:stop-schedule           get keep_schedule | post keep_schedule
reports:report                  get view_report | post run_report
"""

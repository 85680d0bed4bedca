"""A libtorrent client for one torrent: TORRENT FOLDER ADDRESS [no-webseed]. Says what happens, one JSON object a line; ends by SIGTERM."""
import json, signal, sys, time
import libtorrent as lt

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
torrent, folder, address, *options = sys.argv[1:]
session = lt.session({
    'enable_dht': False, 'enable_lsd': False, 'enable_upnp': False, 'enable_natpmp': False, 'enable_outgoing_utp': False,
    'listen_interfaces': f'{address}:0', 'outgoing_interfaces': address, 'allow_multiple_connections_per_ip': True,
    'announce_to_all_trackers': True, 'min_reconnect_time': 1, 'urlseed_wait_retry': 1,
    'alert_mask': lt.alert.category_t.tracker_notification | lt.alert.category_t.error_notification | lt.alert.category_t.peer_notification | lt.alert.category_t.status_notification,
})
parameters = lt.add_torrent_params()
parameters.ti = lt.torrent_info(torrent)
parameters.save_path = folder
handle = session.add_torrent(parameters)
if 'no-webseed' in options:
    for url in handle.url_seeds():
        handle.remove_url_seed(url)
said_done = False
while True:
    session.wait_for_alert(200)
    for alert in session.pop_alerts():
        if isinstance(alert, (lt.tracker_error_alert, lt.tracker_reply_alert, lt.peer_disconnected_alert)):
            print(json.dumps({'kind': alert.what(), 'text': alert.message()}), flush=True)
    status = handle.status()
    done = status.is_seeding
    if done and not said_done:
        said_done = True
        print(json.dumps({'kind': 'done', 'payload': status.total_payload_download}), flush=True)
    if 'report' in options:
        print(json.dumps({'kind': 'progress', 'bytes': status.total_payload_download}), flush=True)

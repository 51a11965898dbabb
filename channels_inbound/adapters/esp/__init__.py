"""Mail services that call us: inbound mail and the fate of ours, through anymail."""

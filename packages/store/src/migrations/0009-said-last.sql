-- What a target was told last of each issue, for tools that must be told again and again.
CREATE INDEX delivery_said ON outcry.delivery (target, issue_id, alert_seq DESC, id DESC) WHERE state = 'delivered';

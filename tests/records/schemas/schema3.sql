-- An empty record as schema 3 left it; never edited.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE decision (
	seq INTEGER NOT NULL CONSTRAINT decision_seq_counts CHECK (seq > 0), 
	wafer_id INTEGER NOT NULL, 
	chip_column INTEGER NOT NULL, 
	chip_row INTEGER NOT NULL, 
	kind TEXT NOT NULL CONSTRAINT decision_kind_known CHECK (kind IN ('confirm','relabel','unsure','exclude','withdraw')), 
	operator TEXT NOT NULL CONSTRAINT decision_has_operator CHECK (length(trim(operator)) > 0), 
	time TEXT NOT NULL, 
	from_class TEXT, 
	to_class TEXT, 
	subtype TEXT, 
	reason TEXT NOT NULL, 
	point_x FLOAT, 
	point_y FLOAT, 
	batch TEXT, 
	withdraws INTEGER, 
	PRIMARY KEY (seq), 
	CONSTRAINT decision_names_class CHECK ((kind IN ('confirm','relabel')) = (to_class IS NOT NULL)), 
	CONSTRAINT decision_names_withdrawn CHECK ((kind = 'withdraw') = (withdraws IS NOT NULL)), 
	FOREIGN KEY(wafer_id) REFERENCES wafer (id), 
	FOREIGN KEY(withdraws) REFERENCES decision (seq)
);
CREATE TABLE evidence (
	judgement_seq INTEGER NOT NULL CONSTRAINT evidence_seq_counts CHECK (judgement_seq > 0), 
	maps INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	packed BLOB NOT NULL, 
	PRIMARY KEY (judgement_seq), 
	FOREIGN KEY(judgement_seq) REFERENCES judgement (seq)
);
CREATE TABLE judgement (
	seq INTEGER NOT NULL CONSTRAINT judgement_seq_counts CHECK (seq > 0), 
	wafer_id INTEGER NOT NULL, 
	chip_column INTEGER NOT NULL, 
	chip_row INTEGER NOT NULL, 
	model_id INTEGER NOT NULL, 
	class_name TEXT, 
	probabilities BLOB NOT NULL, 
	p_defect FLOAT, 
	peak_x FLOAT, 
	peak_y FLOAT, 
	time TEXT NOT NULL, novelty FLOAT, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(wafer_id) REFERENCES wafer (id), 
	FOREIGN KEY(model_id) REFERENCES model (id)
);
CREATE TABLE model (
	id INTEGER NOT NULL CONSTRAINT model_id_counts CHECK (id > 0), 
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	heat_low FLOAT NOT NULL, 
	heat_high FLOAT NOT NULL, 
	classes TEXT NOT NULL, 
	device TEXT NOT NULL, review_low FLOAT, review_high FLOAT, 
	PRIMARY KEY (id)
);
CREATE TABLE placement (
	seq INTEGER NOT NULL CONSTRAINT placement_seq_counts CHECK (seq > 0), 
	wafer_id INTEGER NOT NULL, 
	placed TEXT NOT NULL, 
	operator TEXT NOT NULL CONSTRAINT placement_has_operator CHECK (length(trim(operator)) > 0), 
	time TEXT NOT NULL, 
	last_judgement INTEGER NOT NULL, 
	last_decision INTEGER NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(wafer_id) REFERENCES wafer (id)
);
CREATE TABLE reading (
	wafer_id INTEGER NOT NULL CONSTRAINT reading_wafer_counts CHECK (wafer_id > 0), 
	sha256 TEXT NOT NULL, 
	time TEXT NOT NULL, 
	PRIMARY KEY (wafer_id), 
	FOREIGN KEY(wafer_id) REFERENCES wafer (id)
);
CREATE TABLE recipe (
	id INTEGER NOT NULL CONSTRAINT recipe_id_counts CHECK (id > 0), 
	digest TEXT NOT NULL, 
	json TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (digest)
);
CREATE TABLE "wafer" (
	id INTEGER NOT NULL CONSTRAINT wafer_id_counts CHECK (id > 0), 
	lot TEXT NOT NULL, 
	wafer TEXT NOT NULL, 
	source TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	recipe_id INTEGER NOT NULL, 
	placed TEXT NOT NULL, 
	copy_name TEXT NOT NULL, 
	added TEXT NOT NULL, 
	stamp TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(recipe_id) REFERENCES recipe (id)
);
CREATE TABLE wafer_withdrawal (
	wafer_id INTEGER NOT NULL CONSTRAINT wafer_withdrawal_wafer_counts CHECK (wafer_id > 0), 
	reason TEXT NOT NULL CONSTRAINT wafer_withdrawal_has_reason CHECK (length(trim(reason)) > 0), 
	time TEXT NOT NULL, 
	PRIMARY KEY (wafer_id), 
	FOREIGN KEY(wafer_id) REFERENCES wafer (id)
);
CREATE INDEX judgement_by_chip ON judgement (wafer_id, chip_row, chip_column);
CREATE INDEX decision_by_chip ON decision (wafer_id, chip_row, chip_column);
CREATE INDEX wafer_by_name ON wafer (lot, wafer);
CREATE INDEX placement_by_wafer ON placement (wafer_id);
CREATE TRIGGER recipe_no_update BEFORE UPDATE ON recipe BEGIN SELECT RAISE(ABORT, 'the record is append-only: recipe is never changed or deleted'); END;
CREATE TRIGGER recipe_no_delete BEFORE DELETE ON recipe BEGIN SELECT RAISE(ABORT, 'the record is append-only: recipe is never changed or deleted'); END;
CREATE TRIGGER recipe_no_replace BEFORE INSERT ON recipe WHEN EXISTS (SELECT 1 FROM recipe WHERE id = NEW.id OR digest = NEW.digest) BEGIN SELECT RAISE(ABORT, 'the record is append-only: recipe is never changed or deleted'); END;
CREATE TRIGGER wafer_no_update BEFORE UPDATE ON wafer BEGIN SELECT RAISE(ABORT, 'the record is append-only: wafer is never changed or deleted'); END;
CREATE TRIGGER wafer_no_delete BEFORE DELETE ON wafer BEGIN SELECT RAISE(ABORT, 'the record is append-only: wafer is never changed or deleted'); END;
CREATE TRIGGER wafer_no_replace BEFORE INSERT ON wafer WHEN EXISTS (SELECT 1 FROM wafer WHERE id = NEW.id OR (lot = NEW.lot AND wafer = NEW.wafer AND id NOT IN (SELECT wafer_id FROM wafer_withdrawal))) BEGIN SELECT RAISE(ABORT, 'the record is append-only: wafer is never changed or deleted'); END;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'the record is append-only: reading is never changed or deleted'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'the record is append-only: reading is never changed or deleted'); END;
CREATE TRIGGER reading_no_replace BEFORE INSERT ON reading WHEN EXISTS (SELECT 1 FROM reading WHERE wafer_id = NEW.wafer_id) BEGIN SELECT RAISE(ABORT, 'the record is append-only: reading is never changed or deleted'); END;
CREATE TRIGGER wafer_withdrawal_no_update BEFORE UPDATE ON wafer_withdrawal BEGIN SELECT RAISE(ABORT, 'the record is append-only: wafer_withdrawal is never changed or deleted'); END;
CREATE TRIGGER wafer_withdrawal_no_delete BEFORE DELETE ON wafer_withdrawal BEGIN SELECT RAISE(ABORT, 'the record is append-only: wafer_withdrawal is never changed or deleted'); END;
CREATE TRIGGER wafer_withdrawal_no_replace BEFORE INSERT ON wafer_withdrawal WHEN EXISTS (SELECT 1 FROM wafer_withdrawal WHERE wafer_id = NEW.wafer_id) BEGIN SELECT RAISE(ABORT, 'the record is append-only: wafer_withdrawal is never changed or deleted'); END;
CREATE TRIGGER placement_no_update BEFORE UPDATE ON placement BEGIN SELECT RAISE(ABORT, 'the record is append-only: placement is never changed or deleted'); END;
CREATE TRIGGER placement_no_delete BEFORE DELETE ON placement BEGIN SELECT RAISE(ABORT, 'the record is append-only: placement is never changed or deleted'); END;
CREATE TRIGGER placement_no_replace BEFORE INSERT ON placement WHEN EXISTS (SELECT 1 FROM placement WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the record is append-only: placement is never changed or deleted'); END;
CREATE TRIGGER model_no_update BEFORE UPDATE ON model BEGIN SELECT RAISE(ABORT, 'the record is append-only: model is never changed or deleted'); END;
CREATE TRIGGER model_no_delete BEFORE DELETE ON model BEGIN SELECT RAISE(ABORT, 'the record is append-only: model is never changed or deleted'); END;
CREATE TRIGGER model_no_replace BEFORE INSERT ON model WHEN EXISTS (SELECT 1 FROM model WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'the record is append-only: model is never changed or deleted'); END;
CREATE TRIGGER judgement_no_update BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the record is append-only: judgement is never changed or deleted'); END;
CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the record is append-only: judgement is never changed or deleted'); END;
CREATE TRIGGER judgement_no_replace BEFORE INSERT ON judgement WHEN EXISTS (SELECT 1 FROM judgement WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the record is append-only: judgement is never changed or deleted'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'the record is append-only: evidence is never changed or deleted'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'the record is append-only: evidence is never changed or deleted'); END;
CREATE TRIGGER evidence_no_replace BEFORE INSERT ON evidence WHEN EXISTS (SELECT 1 FROM evidence WHERE judgement_seq = NEW.judgement_seq) BEGIN SELECT RAISE(ABORT, 'the record is append-only: evidence is never changed or deleted'); END;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'the record is append-only: decision is never changed or deleted'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'the record is append-only: decision is never changed or deleted'); END;
CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision WHEN EXISTS (SELECT 1 FROM decision WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the record is append-only: decision is never changed or deleted'); END;
COMMIT;
PRAGMA application_id = 1464421971;
PRAGMA user_version = 3;

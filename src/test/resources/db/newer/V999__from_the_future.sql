ALTER TABLE evenkeel_mark ADD COLUMN flavour VARCHAR(10);

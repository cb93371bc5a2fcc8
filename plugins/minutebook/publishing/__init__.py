"""What every output stands on: pages, words, templates, the press that prints, the stage it fills."""

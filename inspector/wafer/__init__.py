"""Ground floor: values and rules of wafer inspection, free of pixels, storage, torch and Qt."""

"""What pages get to see: typed rows made from the projections, by what they are about."""
